/** This file writes the JSON documents of the command line. */
import { visibleJson } from '../base/visible';

/** One document; on a terminal nothing in it is hidden or does things. */
export function jsonText(document: object): string {
  return visibleJson(JSON.stringify(document, null, 2)) + '\n';
}
