/** This file tests that a page that does not answer is loaded again, as long as it is to be seen, and one that answers is left alone. */
import assert from 'node:assert/strict';
import { MOST_RELOADS, PAGE_MS, PageWatch } from '../../src/host/pageWatch';

suite('host/pageWatch', () => {
  /** Ms that have gone by, and what is to come. */
  let now = 0;
  let due: { readonly at: number; readonly then: () => void } | undefined;
  const after = (ms: number, then: () => void): (() => void) => {
    due = { at: now + ms, then };
    return () => {
      due = undefined;
    };
  };
  const tick = (ms: number): void => {
    const until = now + ms;
    while (due !== undefined && due.at <= until) {
      const { at, then } = due;
      now = at;
      due = undefined;
      then();
    }
    now = until;
  };

  const watch = (page = { visible: true }): { watch: PageWatch; done: string[] } => {
    const done: string[] = [];
    const watched = {
      get visible() {
        return page.visible;
      },
      reload: (): void => void done.push('reload'),
      log: (message: string): void => void done.push(message),
    };
    return { watch: new PageWatch(watched, after), done };
  };
  const reloads = (done: readonly string[]): number => done.filter((what) => what === 'reload').length;

  test('it is loaded again when it has not answered in time, each time later, and in the end that is said', () => {
    const { done } = watch();
    tick(PAGE_MS - 1);
    assert.deepEqual(done, []);
    tick(1);
    assert.equal(reloads(done), 1);
    tick(PAGE_MS);
    assert.equal(reloads(done), 1);
    tick(PAGE_MS);
    assert.equal(reloads(done), 2);
    tick(PAGE_MS * 1000);
    assert.equal(reloads(done), MOST_RELOADS);
    assert.match(done.join(' '), /does not answer/);
  });

  test('one that answers, or is closed, is left alone', () => {
    const { watch: one, done } = watch();
    tick(PAGE_MS / 2);
    one.end();
    tick(PAGE_MS * 1000);
    assert.deepEqual(done, []);
  });

  test('one that is not to be seen is waited for until it is', () => {
    const page = { visible: false };
    const { done } = watch(page);
    tick(PAGE_MS * 50);
    assert.deepEqual(done, []);
    page.visible = true;
    tick(PAGE_MS);
    assert.equal(reloads(done), 1);
  });
});
