/** This file holds the placeholder type of an object whose declaration has not been looked at yet. */
import type { Basic } from '../types';

/** Compared by identity; counts as invalid everywhere else. */
export const unresolvedType: Basic = { kind: 'basic', name: 'invalid' };
