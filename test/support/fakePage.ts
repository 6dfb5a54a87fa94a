/** This file is as much of a page as Preact needs to put elements and texts somewhere. */

export class FakeNode {
  readonly childNodes: FakeNode[] = [];
  readonly attributes: Record<string, unknown> = {};
  readonly style = {};
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml';
  parentNode: FakeNode | null = null;
  constructor(
    readonly nodeType: number,
    readonly localName: string,
    public data = '',
  ) {}
  get ownerDocument(): typeof fakeDocument {
    return fakeDocument;
  }
  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null;
  }
  get nextSibling(): FakeNode | null {
    const { childNodes = [] } = this.parentNode ?? {};
    return childNodes[childNodes.indexOf(this) + 1] ?? null;
  }
  insertBefore(node: FakeNode, before: FakeNode | null): FakeNode {
    node.parentNode = this;
    this.childNodes.splice(before ? this.childNodes.indexOf(before) : this.childNodes.length, 0, node);
    return node;
  }
  appendChild(node: FakeNode): FakeNode {
    return this.insertBefore(node, null);
  }
  setAttribute(name: string, value: unknown): void {
    this.attributes[name] = value;
  }
  removeAttribute(): void {}
  addEventListener(): void {}

  /** All that it says: texts and the values of attributes, its own properties among them. */
  get said(): string[] {
    const own = Object.values(this).filter((value) => typeof value === 'string');
    return [...own, ...Object.values(this.attributes).map(String), ...this.childNodes.flatMap((node) => node.said)];
  }
}

export const fakeDocument = {
  createElement: (name: string) => new FakeNode(1, name),
  createElementNS: (_space: string, name: string) => new FakeNode(1, name),
  createTextNode: (text: unknown) => new FakeNode(3, '#text', String(text)),
};
