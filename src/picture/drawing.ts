/** This file puts the pictures of the lanes together: what lies on their own surface, and what lies over them and their headers. */
import type { Link } from '../timeline/model';
import { coneEdges, drawFrontiers, drawLastCommon, drawLinks, drawTint, showsCauses } from './causes';
import { drawCycle } from './cycle';
import { drawEnd, drawRaces } from './findings';
import { drawGapWords } from './gaps';
import { drawHandovers } from './handovers';
import { drawPlaced, Labels } from './labels';
import { drawGround, drawLanes, drawSeparators } from './lanes';
import type { Over } from './over';
import { rulerOf } from './ruler';
import { isDeadlock, type Mark, type Relations, type Scene } from './scene';
import type { Surface } from './surface';
import { count } from './words';

/** Most arrows drawn at once. */
const MAX_ARROWS = 200;

/** Draws what lies over the lanes. */
export type DrawOver = (surface: Surface) => void;
/** What lies over lanes that are not drawn yet. */
export const DRAWS_NOTHING: DrawOver = () => undefined;

/** Draws lanes on their ground. @returns draws what joins lanes: causes and effects, findings, work that changes hands */
export function drawUnder(scene: Scene, surface: Surface, relations: Relations): DrawOver {
  const { cones } = relations;
  drawGround(scene, surface, rulerOf(scene).ticks);
  if (cones && showsCauses(scene)) drawTint(scene, surface, coneEdges(scene, cones));
  drawSeparators(scene, surface);
  const labels = new Labels(scene.width, scene.height);
  const marks = drawLanes(scene, surface, labels);
  const over: Over = { scene, type: surface, labels, later: [] };
  collectOver(over, relations, marks);
  const placed = labels.place(surface);
  drawPlaced(
    surface,
    placed.filter(({ label }) => !label.over),
  );
  const words = placed.filter(({ label }) => label.over);
  return (above) => {
    for (const draw of over.later) draw(above);
    drawPlaced(above, words);
  };
}

function collectOver(over: Over, relations: Relations, marks: readonly Mark[]): void {
  const { scene } = over;
  const { findings, preset } = scene;
  const deadlock = findings.find(isDeadlock);
  drawGapWords(over);
  drawEnd(over, deadlock !== undefined);
  if (showsCauses(scene)) drawCauses(over, relations);
  if (preset === 'cores') drawHandovers(over);
  if (preset !== 'goroutines') return;
  drawLastCommon(over);
  drawRaces(over, marks);
  const chosen = findings[scene.finding];
  if (deadlock && deadlock.cycle.length > 0) drawCycle(over, chosen && isDeadlock(chosen) ? chosen : deadlock);
}

function drawCauses(over: Over, { cones, links, allArrows }: Relations): void {
  if (cones) drawFrontiers(over, coneEdges(over.scene, cones));
  if (allArrows) drawLinks(over, linksInSight(over), { dashed: false, faint: true });
  drawLinks(over, links.incoming, { dashed: false, faint: false });
  drawLinks(over, links.outgoing, { dashed: true, faint: false });
}

/** The arrows of the window; says so where they are not all. */
function linksInSight({ scene, labels }: Over): readonly Link[] {
  const { timeline, axis, view } = scene;
  const first = Math.max(0, timeline.rowAt(axis, view.from));
  const { links, total } = timeline.linksBetween(first, timeline.rowAt(axis, view.to), MAX_ARROWS);
  if (total > links.length) {
    const to = scene.width - 4;
    labels.offer({
      priority: 'selected',
      texts: [`${count(links.length)} of ${count(total)} arrows shown`],
      spots: [{ align: 'right', x: to, y: scene.height - 8, from: 0, to, slide: Infinity }],
      style: { size: 11, halo: true },
      over: true,
    });
  }
  return links;
}
