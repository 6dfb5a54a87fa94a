/** This file puts the pictures of the lanes together: what lies on their own surface, and what lies over them and their headers. */
import type { Link } from '../timeline/model';
import { coneEdges, drawFrontiers, drawLastCommon, drawLinks, drawTint, lastCommon, showsCauses } from './causes';
import { drawCycle, drawEnd, drawRaces } from './findings';
import { drawHandovers } from './handovers';
import { drawGround, drawLanes, drawSeparators } from './lanes';
import { rulerOf } from './ruler';
import { isDeadlock, type Mark, type Relations, type Scene } from './scene';
import type { Surface } from './surface';
import { count } from './words';

/** Most arrows drawn at once. */
const MAX_ARROWS = 200;

/** Draws lanes on their ground. @returns the race marks, for {@link drawOver} */
export function drawUnder(scene: Scene, surface: Surface, { cones }: Relations): Mark[] {
  drawGround(scene, surface, rulerOf(scene).ticks);
  if (cones && showsCauses(scene)) drawTint(scene, surface, coneEdges(scene, cones));
  drawSeparators(scene, surface);
  return drawLanes(scene, surface);
}

/** Draws what joins lanes: causes and effects, findings, work that changes hands. */
export function drawOver(scene: Scene, surface: Surface, relations: Relations, marks: readonly Mark[]): void {
  const { findings, preset } = scene;
  const deadlock = findings.find(isDeadlock);
  drawEnd(scene, surface, deadlock !== undefined);
  if (showsCauses(scene)) drawCauses(scene, surface, relations);
  if (preset === 'cores') drawHandovers(scene, surface);
  if (preset !== 'goroutines') return;
  const common = lastCommon(scene);
  if (common) drawLastCommon(scene, surface, common.row, common.words);
  drawRaces(scene, surface, marks);
  const chosen = findings[scene.finding];
  if (deadlock && deadlock.cycle.length > 0)
    drawCycle(scene, surface, chosen && isDeadlock(chosen) ? chosen : deadlock);
}

function drawCauses(scene: Scene, surface: Surface, { cones, links, allArrows }: Relations): void {
  if (cones) drawFrontiers(scene, surface, coneEdges(scene, cones));
  if (allArrows) drawLinks(scene, surface, linksInSight(scene, surface), { dashed: false, faint: true });
  drawLinks(scene, surface, links.incoming, { dashed: false, faint: false });
  drawLinks(scene, surface, links.outgoing, { dashed: true, faint: false });
}

/** The arrows of the window; says so where they are not all. */
function linksInSight(scene: Scene, surface: Surface): readonly Link[] {
  const { timeline, axis, view } = scene;
  const first = Math.max(0, timeline.rowAt(axis, view.from));
  const { links, total } = timeline.linksBetween(first, timeline.rowAt(axis, view.to), MAX_ARROWS);
  if (total > links.length) {
    const words = `${count(links.length)} of ${count(total)} arrows shown`;
    surface.drawText(words, scene.width - 4, scene.height - 8, { size: 11, align: 'right', halo: true });
  }
  return links;
}
