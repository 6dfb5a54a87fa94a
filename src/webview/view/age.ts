/** This file keeps `12 s ago` fresh. */
import { useEffect, useState } from 'preact/hooks';
import { ago } from '../verdict';

/** How long ago a moment was, ms of the page's clock, in words that follow the time. */
export function useAge(since: number): string {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [since]);
  return ago(now - since);
}
