/** This file gathers the programs that mutation starts from: those that lie under `examples/` and `test/`, and those that tests hold in their texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseFile } from '../../src/lang/parser';
import { ROOT } from '../harness/vscode';
import { Specimen, type SourceDialect } from './specimen';

const FOLDERS = ['examples', 'test'];
/** Programs of benchmarks work long and do little that is new. */
const LEFT_OUT = /[\\/]bench[\\/]go[\\/]/;
/** Longer texts cost more time than they give mutants. */
const MOST_CHARACTERS = 40_000;
const LEAST_CHARACTERS = 12;

/** Every program, in an order that depends on nothing but the files. */
export function readCorpus(root = ROOT): Specimen[] {
  const files = FOLDERS.flatMap((folder) => filesBelow(join(root, folder)));
  const found = files.flatMap((file) => programsOf(relative(root, file), readFileSync(file, 'utf8')));
  const byText = new Map(found.map((specimen) => [specimen.text, specimen]));
  return [...byText.values()].filter(({ text }) => text.length <= MOST_CHARACTERS);
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => /\.(lane|go|ts)$/.test(file) && !LEFT_OUT.test(file)).sort();
}

/** The programs of one file: itself, or those that stand in it as strings. */
export function programsOf(name: string, text: string): Specimen[] {
  if (!name.endsWith('.ts')) return [new Specimen(text, name.endsWith('.go') ? 'go' : 'lane')];
  return stringsOf(text).flatMap((string) => programOf(string) ?? []);
}

/** A string as a program: as it is, or as the body of main; undefined when it is no program. */
function programOf(text: string): Specimen | undefined {
  if (text.length < LEAST_CHARACTERS || !text.includes('\n')) return undefined;
  const dialect: SourceDialect = /^\s*package \w+/m.test(text) ? 'go' : 'lane';
  if (/^\s*(package|import|func|type|var|const|machine)\b/m.test(text)) return new Specimen(text, dialect);
  const body = `func main() {\n${text}\n}\n`;
  return parseFile(body, 'lane', 0).diagnostics.length === 0 ? new Specimen(body, 'lane') : undefined;
}

/** Strings of a TypeScript file: templates without anything computed in them, and lists of quoted lines. */
function stringsOf(text: string): string[] {
  const templates = [...text.matchAll(/`((?:[^`\\$]|\\[\s\S]|\$(?!\{))*)`/g)].map((match) => cooked(match[1]!));
  const quoted = [...text.matchAll(/'((?:[^'\\\n]|\\.)*)'/g)].map((match) => cooked(match[1]!));
  return [...templates, ...quoted];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

/** What the escapes of a string stand for; those of code points are left as they are, which is as good for a mutant. */
function cooked(raw: string): string {
  return raw.replace(/\\([^ux])/g, (_, character: string) => ESCAPES[character] ?? character);
}
