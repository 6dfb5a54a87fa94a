/** This file shows what happened to a variable: who read and wrote what, and which update was lost. */
import type { VNode } from 'preact';
import type { ExplainedFinding } from '../../report/explained';
import { useApp, usePanel } from './context';
import { Sentence } from './phrases';

export function ValueTable({ finding }: { finding: ExplainedFinding }): VNode {
  const { navigator } = usePanel();
  const focused = useApp(({ focus }) => focus.row);
  return (
    <section class="section">
      <h3 id="values-title">What happened to the value</h3>
      <table aria-labelledby="values-title">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Who</th>
            <th scope="col">Access</th>
            <th scope="col" class="right">
              {finding.objectName} after
            </th>
          </tr>
        </thead>
        <tbody>
          {finding.values.map((value) => (
            <tr key={value.row} class={value.row === focused ? 'focused' : ''}>
              <td>
                <button
                  type="button"
                  class="plain"
                  disabled={value.row < 0}
                  onClick={() => navigator.focusRow(value.row)}
                >
                  {value.step}
                </button>
              </td>
              <td>G{value.g}</td>
              <td>
                {value.access} <b>{value.value}</b>
                {value.lost && <span class="error"> {value.lost}</span>}
              </td>
              <td class="right">{value.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {finding.valueNote && (
        <p class="dim note">
          <Sentence phrases={[{ text: finding.valueNote }]} />
        </p>
      )}
    </section>
  );
}
