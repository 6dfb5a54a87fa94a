/** This file is a process of its own in which programs tell what they do (determinism.ts): as many as its argument says. */
import { subjects, tellings, type Subject } from './determinism';

const many = Number(process.argv[2]);
const all = subjects();
for (let i = 0; i < many; i++) {
  const subject = all.next().value as Subject;
  process.send!({ name: subject.name, told: tellings(subject) });
}
process.disconnect();
