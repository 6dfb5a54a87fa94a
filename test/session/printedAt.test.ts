/** This file tests that what is printed is told of at the statement of the program that has it printed, whatever package does it. */
import assert from 'node:assert/strict';
import { Kind } from '../../src/event/kinds';
import { runText } from '../support/run';

test('a text that is printed has the place of the call in the program', () => {
  const text = `package main

import (
	"errors"
	"fmt"
	"log"
	"os"
)

type loud int

func (loud) String() string {
	fmt.Print("in String ") // in String
	return "loud"
}

func main() {
	fmt.Println("plain")                 // plain
	fmt.Printf("%v\\n", loud(1))          // loud
	fmt.Fprintln(os.Stderr, "error")     // error
	os.Stdout.WriteString("file\\n")      // file
	log.Println(errors.New("log"))       // log
	println("built in")                  // built in
	go fmt.Println("go")                 // go
	select {}
}
`;
  const { columns, meta, length } = runText(text, 'go').simulation!.trace;
  const lines = text.split('\n');
  const said: string[] = [];
  for (let row = 0; row < length; row++) {
    if (columns.kind[row] !== Kind.Print) continue;
    const place = meta.places[columns.place[row]!];
    const words = meta.texts[columns.obj[row]!]!.trim();
    said.push(words.replace(/^[\d/: ]+/, ''));
    // Of a goroutine that runs nothing of the program's there is no such statement.
    if (words === 'go') assert.equal(place, undefined);
    else assert.ok(words.endsWith(lines[place!.line - 1]!.split('// ')[1]!), `${words} at ${place!.line}`);
  }
  assert.deepEqual(said, ['plain', 'in String', 'loud', 'error', 'file', 'log', 'built in', 'go']);
});
