/** This file shows icons: VS Code's codicons, and the few signs of our own. */
import type { VNode } from 'preact';

/** A codicon. */
export function Codicon({ name, className = '' }: { name: string; className?: string }): VNode {
  return <i class={`codicon codicon-${name} ${className}`} aria-hidden="true" />;
}

/** A filled triangle: the primary action. */
export function Play(): VNode {
  return (
    <svg class="sign" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path class="fill" d="M4.5 2.9v10.2c0 .5.5.8.9.5l7.6-5.1c.4-.2.4-.8 0-1L5.4 2.4c-.4-.3-.9 0-.9.5z" />
    </svg>
  );
}

/** The sign of a data race. */
export function Diamond({ size = 14 }: { size?: number }): VNode {
  return (
    <svg class="sign error" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      <path class="fill" d="M6 .8 11.2 6 6 11.2.8 6z" />
    </svg>
  );
}

const PATHS = {
  previous: 'M11.500 3.500 6.500 8l5 4.500M4 3.500v9',
  next: 'M4.500 3.500 9.500 8l-5 4.500M12 3.500v9',
  stuck: 'M5.200 2h5.600L14 5.200v5.600L10.800 14H5.200L2 10.800V5.200zM5 8h6',
  swap: 'M3 5.500h9.500L10 3M13 10.500H3.500L6 13',
} as const;

/** One of our own signs, drawn with the stroke of codicons. */
export function Sign({ name, className = '' }: { name: keyof typeof PATHS; className?: string }): VNode {
  return (
    <svg class={`sign ${className}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
