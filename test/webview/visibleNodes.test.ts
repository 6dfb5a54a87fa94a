/** This file tests that no element of the panel's page can show a hidden character, whatever is put into it and however. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Fragment, h, options, render, type ComponentChild, type VNode } from 'preact';
import { showOnlyVisibleText } from '../../src/webview/visibleNodes';
import { FakeNode, fakeDocument } from '../support/fakePage';
import { hasHostile, hostileText } from '../support/hostile';

suite('webview/visibleNodes', () => {
  const saved = globalThis.document;
  suiteSetup(() => {
    Object.assign(globalThis, { document: fakeDocument });
    showOnlyVisibleText();
  });
  suiteTeardown(() => {
    Object.assign(globalThis, { document: saved });
    delete options.vnode;
  });

  /** What a page says that shows this. */
  const shown = (child: ComponentChild): string[] => {
    const root = new FakeNode(1, 'div');
    render(child, root as unknown as Element);
    return root.said.filter((text) => !['div', 'span', 'b', 'i', '#text', root.namespaceURI].includes(text) && text !== '');
  }; // prettier-ignore

  test('texts and attributes of elements', () => {
    const tree = h('span', { title: 'a\u202eb' }, 'x\x1b[2J', [['y\u200b'], 3], h('b', null, '\x07'));
    assert.deepEqual(shown(tree).sort(), ['3', '\\a', 'a\\u202eb', 'x\\x1b[2J', 'y\\u200b']);
  });

  test('texts of fragments, and those that a component is', () => {
    const Bare = ({ text }: { text: string }): ComponentChild => text;
    const tree = h('div', null, h(Fragment, null, 'a\x1b', ['b\u202e']), h(Bare, { text: 'c\u200b' }));
    assert.deepEqual(shown(tree).sort(), ['a\\x1b', 'b\\u202e', 'c\\u200b']);
  });

  test('what a component is given stays as it is: it may compare names', () => {
    const given: string[] = [];
    const Shown = ({ name }: { name: string }): VNode => {
      given.push(name);
      return h('i', null, name);
    };
    assert.deepEqual(shown(h(Shown, { name: 'a\x1b' })), ['a\\x1b']);
    assert.deepEqual(given, ['a\x1b']);
  });

  test('law: nothing hostile in any attribute or text', () => {
    const Passed = ({ children }: { children?: ComponentChild }): VNode => h(Fragment, null, children);
    fc.assert(
      fc.property(hostileText(), hostileText(), (title, text) => {
        const tree = h('div', { title, 'aria-label': title, 'data-name': title }, text, [text], h(Passed, null, text));
        assert.ok(!hasHostile(shown(tree).join('|')));
      }),
    );
  });
});
