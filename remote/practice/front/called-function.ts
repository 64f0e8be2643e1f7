import { Defragmenter } from '../../psrp/fragment.ts';
import { decodeMessage, messageTypes } from '../../psrp/message.ts';
import { readCreatePipeline } from '../../psrp/messages/create-pipeline.ts';

/** The function that a Command's fragments call, or undefined when they do not hold the whole message or no single command. */
export function calledFunction(fragments: Buffer): string | undefined {
  try {
    const [blob] = new Defragmenter().push(fragments);
    if (blob === undefined) return undefined;
    const message = decodeMessage(blob);
    if (message.type !== messageTypes.createPipeline) return undefined;
    const [command] = readCreatePipeline(message.data);
    return command?.isScript === false ? command.name : undefined;
  } catch {
    // The engine answers what cannot be read; here it only means that no function is known.
    return undefined;
  }
}
