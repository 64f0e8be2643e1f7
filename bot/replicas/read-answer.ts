import { z } from 'zod';
import { reportSchema } from '../../remote/contract.ts';
import { RemoteError, type RemoteErrorCode, remoteErrors } from '../../remote/remote-error.ts';

/** What is asked of a replica that reaches the servers. */
export const readRequest = z.object({ brief: z.boolean() });

const codes = Object.keys(remoteErrors) as [RemoteErrorCode, ...RemoteErrorCode[]];

/** What it answers: the report, or the error that reading met, as a value. */
export const readAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), report: reportSchema }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.enum(codes),
      doing: z.string(),
      detail: z.string().optional(),
      serverText: z.string().optional(),
      outcome: z.enum(['not-sent', 'refused', 'unknown']),
    }),
  }),
]);
export type ReadAnswer = z.infer<typeof readAnswer>;

export const answerOfError = ({ code, doing, detail, serverText, outcome }: RemoteError): ReadAnswer => ({
  ok: false,
  error: {
    code,
    doing,
    ...(detail === undefined ? {} : { detail }),
    ...(serverText === undefined ? {} : { serverText }),
    outcome,
  },
});

/** The error that the other replica met, as if it had been met here. */
export const errorOfAnswer = ({
  error: { code, doing, detail, serverText, outcome },
}: Extract<ReadAnswer, { ok: false }>): RemoteError =>
  new RemoteError(code, {
    doing,
    ...(detail === undefined ? {} : { detail }),
    ...(serverText === undefined ? {} : { serverText }),
    outcome,
  });
