/** This file shows a sentence whose nouns are links. */
import type { VNode } from 'preact';
import type { Phrase } from '../../report/explained';
import { placeMark, placeWords } from '../../trace/placeWords';
import { layoutOf } from '../derive';
import { usePanel, useApp } from './context';

type Link = Extract<Phrase, { link: unknown }>['link'];

/** Text in backquotes is code. */
const CODE = /`([^`]+)`/;

function Words({ text }: { text: string }): VNode {
  const parts = text.split(CODE);
  return <>{parts.map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part))}</>;
}

/** A piece of text that leads somewhere. */
export function LinkTo({ link, children }: { link: Link; children: preact.ComponentChildren }): VNode {
  const { store, navigator, post } = usePanel();
  const follow = (): void => {
    switch (link.kind) {
      case 'place':
        post({ type: 'open', place: link.place });
        break;
      case 'row':
        navigator.focusRow(link.row);
        break;
      case 'goroutine': {
        const finding = store.state.run?.findings[store.state.finding];
        const row = finding?.sites.find(({ g, row: at }) => g === link.g && at >= 0)?.row ?? firstRow(`g${link.g}`);
        if (row >= 0) navigator.focusRow(row);
        break;
      }
      case 'object': {
        const rows = [...layoutOf(store.state).byLane.values()];
        const lane = rows.find((row) => row.lane.object === link.id)?.lane;
        if (lane) store.set({ lane: lane.id, table: false });
        break;
      }
    }
  };
  const firstRow = (lane: string): number => {
    const found = store.state.run?.timeline.lane(lane);
    return found ? (store.state.run!.timeline.rowsOf(found)[0] ?? -1) : -1;
  };
  return (
    <button class="link" type="button" onClick={follow}>
      {children}
    </button>
  );
}

/** A sentence. */
export function Sentence({ phrases }: { phrases: readonly Phrase[] }): VNode {
  return (
    <>
      {phrases.map((phrase, i) =>
        'link' in phrase ? (
          <LinkTo key={i} link={phrase.link}>
            {phrase.link.kind === 'object' ? <code>{phrase.text}</code> : <Words text={phrase.text} />}
          </LinkTo>
        ) : (
          <Words key={i} text={phrase.text} />
        ),
      )}
    </>
  );
}

/** `:15` or `queue.go:15`, a link to the place. */
export function PlaceLink({ place, long = false }: { place: number; long?: boolean }): VNode | null {
  const meta = useApp(({ run }) => run?.timeline.trace.meta);
  const at = meta?.places[place];
  if (!at) return null;
  return <LinkTo link={{ kind: 'place', place }}>{(long ? placeWords : placeMark)(meta.files, at)}</LinkTo>;
}
