/** This file tests that a trace takes as much memory while it is recorded as is said of its rows: the process that simulates is ended by that number. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_BUDGETS } from '../../src/base/budgets';
import { Kind } from '../../src/event/kinds';
import { EventLog } from '../../src/event/log';
import { BYTES_OF_A_ROW, TraceRecorder } from '../../src/trace/store';
import { bytesHeld } from '../session/hungry';

const ROWS = 100_000;
/** Bytes of a row that are not columns: code, tables of a few entries. */
const SLACK = 5;

function recorded(events: number): TraceRecorder {
  const recorder = new TraceRecorder({ maxRows: ROWS, detail: true });
  const log = new EventLog([{ observe: (of, i) => void recorder.observe(of, i) }], 16);
  for (let i = 0; i < events; i++) log.add(Kind.OnceDo, 1);
  return recorder;
}

/** Bytes of a row of a trace after so many events. */
async function bytesOfARow(events: number): Promise<number> {
  recorded(events);
  const before = await bytesHeld();
  const recorder = recorded(events);
  const bytes = (await bytesHeld()) - before;
  assert.equal(recorder.length, ROWS);
  return bytes / ROWS;
}

suite('the memory of a trace', () => {
  test('a row takes as much as is said where the trace is full, and less before', async () => {
    const full = await bytesOfARow(ROWS + 1000);
    assert.ok(Math.abs(full - BYTES_OF_A_ROW) < SLACK, `${full} bytes`);
    assert.ok((await bytesOfARow(ROWS)) < full - SLACK);
  });

  for (const capacity of [0, 1])
    test(`channels of capacity ${capacity} that nobody uses leave nothing but their rows`, async () => {
      const [few, many] = [ROWS / 10, ROWS];
      const made = (channels: number): TraceRecorder => {
        const recorder = new TraceRecorder({ maxRows: few, detail: true });
        const log = new EventLog([{ observe: (of, i) => void recorder.observe(of, i) }], 16);
        for (let i = 0; i < channels; i++) log.add(Kind.ChanMake, 8 + i, capacity);
        return recorder;
      };
      made(many);
      const before = await bytesHeld();
      const recorders = [made(many)];
      const bytes = (await bytesHeld()) - before;
      assert.equal(recorders[0]!.length, few);
      // The rows of the beginning stay, and what they name is known to stay.
      assert.ok(bytes < few * (BYTES_OF_A_ROW + 40), `${bytes} bytes`);
    });

  test('is documented as it is', () => {
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'engine.md'), 'utf8');
    const megabytes = Math.round((BYTES_OF_A_ROW * DEFAULT_BUDGETS.traceRows) / 1e6);
    assert.ok(page.includes(`at ${BYTES_OF_A_ROW} bytes a row, ${megabytes} MB for 200,000 rows`));
  });
});
