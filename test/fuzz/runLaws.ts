/** This file states what holds of every run, and holds the trace, the findings and what is made of them to it. */
import { encodeChrome } from '../../src/report/chrome';
import type { ExplainedFinding } from '../../src/report/explained';
import { goRaceReports, goRaceSummary } from '../../src/report/goRace';
import { goCrash } from '../../src/report/goroutineDump';
import { findingJson } from '../../src/report/json';
import { renderSvg } from '../../src/report/svg';
import type { Program } from '../../src/lang/program';
import type { SimulationResult } from '../../src/session/simulation';
import { buildTimeline } from '../../src/timeline/build';
import type { Preset, Timeline } from '../../src/timeline/model';
import { printTimeline } from '../../src/timeline/print';
import { decodeTrace, encodeTrace } from '../../src/trace/format';
import { decodeTransfer, encodeTransfer } from '../../src/trace/transfer';
import { eventLines } from '../../src/cli/eventLines';
import { holds, same } from './law';
import { xmlFault } from './xml';

/** What is done with a run, by name, in the order in which it is done. */
export const AFTER_A_RUN = { findings: checkFindings, report, trace: checkTrace, timeline: checkTimeline, svg: checkSvg, chrome: checkChrome } as const satisfies Readonly<Record<string, (result: SimulationResult, program: Program) => void>>; // prettier-ignore

/** Rows whose world is asked for; a run has thousands. */
const ROWS_ASKED = 12;
const PRESETS: readonly Preset[] = ['goroutines', 'cores'];

function checkFindings({ findings, trace }: SimulationResult, program: Program): void {
  for (const finding of findings) for (const site of finding.sites) checkSite(finding, site, trace, program);
  for (const finding of findings) {
    holds(finding.message.length > 0 && finding.title.length > 0, 'a finding is told', () => finding.code);
    holds(finding.sentence.map(({ text }) => text).join('') === finding.message, 'the sentence is the message', () => finding.message); // prettier-ignore
  }
}

function checkSite(
  finding: ExplainedFinding,
  site: ExplainedFinding['sites'][number],
  trace: SimulationResult['trace'],
  program: Program,
): void {
  const where = (): string => JSON.stringify({ code: finding.code, site });
  const isPlace = (place: number): boolean => place >= 0 && place < trace.meta.places.length;
  holds(site.place === -1 || isPlace(site.place), 'the place of a site exists', where);
  holds(site.stack.every(isPlace), 'the stack of a site exists', where);
  holds(site.row >= -1 && site.row < trace.length, 'the row of a site exists', where);
  const place = trace.meta.places[site.place];
  const source = place && program.sources[place.file];
  if (!place) return;
  holds(trace.meta.files[place.file] !== undefined, 'the file of a site exists', where);
  if (source) holds(place.line >= 1 && place.line <= source.lineStarts.length, 'the line of a site exists', where);
}

function report({ findings, trace, outcome }: SimulationResult, program: Program): void {
  const path = (file: string): string => file;
  goRaceReports(findings, trace, path);
  goRaceSummary(findings);
  goCrash(outcome.text ?? outcome.kind, findings, trace, path);
  const json = findings.map((finding) => findingJson(finding, trace.meta, program.sources));
  same(JSON.stringify(JSON.parse(JSON.stringify(json))), JSON.stringify(json), 'findings survive JSON');
  same(JSON.stringify(structuredClone(findings)), JSON.stringify(findings), 'findings survive a message');
}

function checkTrace({ trace }: SimulationResult): void {
  const text = encodeTrace(trace);
  same(encodeTrace(decodeTrace(text)), text, 'a trace survives its file');
  same(encodeTrace(decodeTransfer(encodeTransfer(trace))), text, 'a trace survives a message');
  eventLines(trace);
}

function checkTimeline({ trace, findings }: SimulationResult): void {
  const timeline = buildTimeline(trace, findings);
  printTimeline(timeline);
  for (let i = 0; i < ROWS_ASKED && i < trace.length; i++) {
    askMoment(timeline, Math.floor((i * (trace.length - 1)) / Math.max(1, Math.min(ROWS_ASKED, trace.length) - 1)));
  }
}

/** All that the panel asks of a row. */
function askMoment(timeline: Timeline, row: number): void {
  const g = timeline.goroutineOf(row);
  timeline.describeRow(row);
  timeline.valueOf(row);
  timeline.cursors(row);
  timeline.links(row);
  timeline.cones(row);
  timeline.goroutineAt(g, row);
  timeline.objectAt(timeline.trace.columns.obj[row]!, row);
  const lane = timeline.lane(`g${g}`);
  if (!lane) return;
  timeline.describeLane(lane, row);
  timeline.neighbour(lane, row, 1);
  timeline.sliceAtRow(lane, row);
}

function checkSvg({ trace, findings }: SimulationResult): void {
  for (const preset of PRESETS) {
    const fault = xmlFault(renderSvg(trace, findings, { preset }));
    holds(fault === undefined, 'the picture is well-formed', () => `${preset}: ${fault}`);
  }
}

function checkChrome({ trace, findings }: SimulationResult): void {
  JSON.parse(encodeChrome(trace, findings));
}
