/**
 * This file makes everything that the panel's page says safe to look at (base/visible.ts), whoever says it: Preact calls `options.vnode` for every virtual node
 * that it makes, and makes one for every piece of text.
 */
import { options } from 'preact';
import { visible } from '../base/visible';

/** What a virtual node is made of: a text has no type, and is its own props. */
interface Node {
  readonly type: unknown;
  props: unknown;
}

/** From now on, elements and texts show no hidden characters. */
export function showOnlyVisibleText(): void {
  options.vnode = (node: Node) => {
    if (typeof node.props === 'string') node.props = visible(node.props);
    else if (typeof node.type === 'string') makeVisible(node.props as Record<string, unknown>);
  };
}

function makeVisible(attributes: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === 'string' && name !== 'children') attributes[name] = visible(value);
}
