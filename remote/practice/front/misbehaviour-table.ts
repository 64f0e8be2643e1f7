import type { MessageKind, Misdeed, WireMisbehaviour } from '../misbehaviour.ts';

/** Told of every message before it is answered, with the function that its pipeline calls. */
export type OnMessage = (kind: MessageKind, functionName: string | undefined) => void;

/** Which misdeed is due for a message. Each entry counts the messages that match it, from the moment it was set. */
export class MisbehaviourTable {
  readonly #onMessage: OnMessage | undefined;
  #entries: { readonly rule: WireMisbehaviour; seen: number }[] = [];

  constructor(onMessage?: OnMessage) {
    this.#onMessage = onMessage;
  }

  set(rules: readonly WireMisbehaviour[]): void {
    this.#entries = rules.map((rule) => ({ rule, seen: 0 }));
  }

  next(kind: MessageKind, functionName: string | undefined): Misdeed | undefined {
    this.#onMessage?.(kind, functionName);
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
