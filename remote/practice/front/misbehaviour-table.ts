import type { MessageKind, Misdeed, WireMisbehaviour } from '../misbehaviour.ts';

/** Which misdeed is due for a message. Each entry counts the messages that match it, from the moment it was set. */
export class MisbehaviourTable {
  #entries: { readonly rule: WireMisbehaviour; seen: number }[] = [];

  set(rules: readonly WireMisbehaviour[]): void {
    this.#entries = rules.map((rule) => ({ rule, seen: 0 }));
  }

  next(kind: MessageKind, functionName: string | undefined): Misdeed | undefined {
    let due: Misdeed | undefined;
    for (const entry of this.#entries) {
      const { on, functionName: only, nth, misdeed } = entry.rule;
      if (on !== kind || (only !== undefined && only !== functionName)) continue;
      entry.seen++;
      if (nth === undefined || nth === entry.seen) due ??= misdeed;
    }
    return due;
  }
}
