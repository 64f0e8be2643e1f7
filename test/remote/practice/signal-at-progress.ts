import type { PsrpTransport } from '../../../remote/psrp/transport.ts';

/** Takes a pipeline's output until it says that this step has begun, then signals it. */
export async function signalAtProgress(
  transport: PsrpTransport,
  pipelineId: string,
  step: string,
): Promise<void> {
  const call = { doing: 'stopping a function', deadline: Date.now() + 60_000 };
  for (;;) {
    const { data } = await transport.receive(pipelineId, call);
    if (data.some((fragment) => fragment.includes(`>${step}<`))) break;
  }
  await transport.signal(pipelineId, call);
}
