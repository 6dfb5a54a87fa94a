/** This file lists the packages of std by import path, with their source texts. */
import { errors } from './errors';
import { fmt } from './fmt';
import { sync } from './sync';
import { time } from './time';

/** Source text of every supported package. */
export const packageSources: Readonly<Record<string, string>> = {
  errors,
  fmt,
  sync,
  time,
};
