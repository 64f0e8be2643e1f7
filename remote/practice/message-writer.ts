import type { ClixmlValue } from '../psrp/clixml-value.ts';
import { encodeFragments } from '../psrp/fragment.ts';
import { emptyGuid } from '../psrp/guid.ts';
import { encodeMessage } from '../psrp/message.ts';

const headerLength = 40;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Messages from the server of one pool, as fragments. Windows begins their CLIXML with a byte order mark, so this does too. */
export class MessageWriter {
  readonly #poolId: string;
  #objects = 0n;

  constructor(poolId: string) {
    this.#poolId = poolId;
  }

  fragments(type: number, data: ClixmlValue, pipelineId = emptyGuid): Buffer[] {
    this.#objects += 1n;
    const message = encodeMessage({ destination: 'client', type, poolId: this.#poolId, pipelineId, data });
    const marked = [message.subarray(0, headerLength), byteOrderMark, message.subarray(headerLength)];
    return encodeFragments(this.#objects, Buffer.concat(marked));
  }
}
