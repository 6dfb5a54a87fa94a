/** This file adds to what a picture is drawn from what the panel alone knows: pointer, caret, and the rest of its state. */
import type { Relations, Scene } from '../../picture/scene';
import { conesOf, densityOf, isNarrow, layoutOf, linksOf, regionsOf } from '../derive';
import { DETAILS_FROM } from '../regions';
import type { AppState, Run } from '../state';

/** A scene in the panel. */
export interface PanelScene extends Scene {
  readonly state: AppState;
}

/** The scene of a run at a moment, in a drawing area of `width` × `height` px. */
export function sceneOf(
  state: AppState,
  run: Run,
  { width, height, scrollTop }: Pick<Scene, 'width' | 'height' | 'scrollTop'>,
): PanelScene {
  const { header } = regionsOf(state);
  return {
    timeline: run.timeline,
    findings: run.findings,
    preset: state.preset,
    axis: state.axis,
    view: state.view,
    layout: layoutOf(state),
    density: densityOf(state),
    narrow: isNarrow(state),
    ...(state.room.width > 0 && header < DETAILS_FROM && { smallHeader: header }),
    width,
    height,
    scrollTop,
    finding: state.finding,
    focus: state.focus.row,
    solo: state.solo,
    state,
  };
}

/** What the focus is related to. */
export function relationsOf(state: AppState): Relations {
  return { cones: conesOf(state), links: linksOf(state), allArrows: state.allArrows };
}
