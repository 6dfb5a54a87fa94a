/**
 * This file watches whether a page answers once it is to be seen, and has it loaded again if it does not: a workbench in which a page was closed while it was being
 * loaded has been seen to show none of the next ones.
 */

/** Ms that a page may take, which on a busy machine is seconds; after each time that it is loaded again it may take twice as long. */
export const PAGE_MS = 10_000;
/** Times that a page is loaded again. */
export const MOST_RELOADS = 3;

export interface Watched {
  /** Whether it is to be seen: a page that is not is not loaded. */
  readonly visible: boolean;
  /** Loads it again. */
  reload(): void;
  /** Told what is done about it. */
  log(message: string): void;
}

function afterMs(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

export class PageWatch {
  private cancel: () => void = () => undefined;
  private reloads = 0;

  /** @param after calls something after so many ms, unless that is called off */
  constructor(
    private readonly page: Watched,
    private readonly after = afterMs,
  ) {
    this.wait();
  }

  /** The page has answered, or is no more. */
  end(): void {
    this.cancel();
  }

  private wait(): void {
    this.cancel = this.after(PAGE_MS * 2 ** this.reloads, () => this.late());
  }

  private late(): void {
    const { page } = this;
    if (page.visible) {
      if (this.reloads === MOST_RELOADS) {
        page.log('the page of the panel does not answer: close it and open it again, or reload the window');
        return;
      }
      this.reloads++;
      page.log('the page of the panel has not answered: it is loaded again');
      page.reload();
    }
    this.wait();
  }
}
