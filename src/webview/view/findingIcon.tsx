/** This file shows the sign of a finding. */
import type { VNode } from 'preact';
import type { ExplainedFinding } from '../../report/explained';
import { Codicon, Diamond, Sign } from './icons';

type FindingKind = ExplainedFinding['kind'];

const STUCK: readonly FindingKind[] = ['deadlock', 'partial-deadlock', 'leak'];
const WARNING: readonly FindingKind[] = ['budget', 'unsupported'];

export function FindingIcon({ kind }: { kind: FindingKind }): VNode {
  if (kind === 'data-race') return <Diamond />;
  if (STUCK.includes(kind)) return <Sign name="stuck" className="error" />;
  return WARNING.includes(kind) ? (
    <Codicon name="warning" className="warning" />
  ) : (
    <Codicon name="error" className="error" />
  );
}
