/** This file checks that a text is well-formed XML, as far as a file that is written by a program can fail it (XML 1.0, 2.1). */

/** Characters that no document holds, escaped or not: most controls, unpaired surrogates, U+FFFE, U+FFFF (XML 1.0, 2.2). */
const FORBIDDEN =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/;
const TAG = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*="[^"<]*")*)\s*(\/?)>/y;

/** What is wrong with a document of one element, or undefined. */
export function xmlFault(text: string): string | undefined {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) return `U+${text.charCodeAt(forbidden.index).toString(16)} at ${forbidden.index}`;
  const reference = REFERENCE.exec(text);
  if (reference) return `a bare & at ${reference.index}`;
  return tagFault(text);
}

function tagFault(text: string): string | undefined {
  const open: string[] = [];
  let roots = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const tag = TAG.exec(text);
    if (!tag) return `no tag at ${at}: ${text.slice(at, at + 40)}`;
    const [, closes, name, attributes, empty] = tag as unknown as [string, string, string, string, string];
    if (closes && open.pop() !== name) return `</${name}> at ${at} closes nothing`;
    const doubled = twice([...attributes.matchAll(/([\w.:-]+)="/g)].map((match) => match[1]!));
    if (doubled) return `${doubled} twice at ${at}`;
    if (!closes && open.length === 0) roots++;
    if (!closes && !empty) open.push(name);
  }
  if (open.length > 0) return `<${open.at(-1)!}> is not closed`;
  return roots === 1 ? undefined : `${roots} roots`;
}

function twice(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}
