import type { OnMessage } from '../../remote/practice/front/misbehaviour-table.ts';
import type { MessageKind } from '../../remote/practice/misbehaviour.ts';

/** What practice servers got, in its order; begun Receives are among it before they are answered. */
export interface MessageWatch {
  /** For the practice servers. */
  readonly onMessage: OnMessage;
  /** How many messages of a kind came so far. */
  count(kind: MessageKind, functionName?: string): number;
  /** Resolves when so many came. */
  until(kind: MessageKind, functionName?: string, count?: number): Promise<void>;
}

export const watchMessages = (): MessageWatch => {
  const seen: { readonly kind: MessageKind; readonly functionName: string | undefined }[] = [];
  let come = Promise.withResolvers<void>();
  const count: MessageWatch['count'] = (kind, functionName) =>
    seen.filter(
      (one) => one.kind === kind && (functionName === undefined || one.functionName === functionName),
    ).length;
  return {
    onMessage: (kind, functionName) => {
      seen.push({ kind, functionName });
      come.resolve();
      come = Promise.withResolvers();
    },
    count,
    until: async (kind, functionName, wanted = 1) => {
      while (count(kind, functionName) < wanted) await come.promise;
    },
  };
};
