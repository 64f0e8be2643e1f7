import type { Sealer } from '../../winrm/sealed-body.ts';
import { isSealedContentType, openBody, sealBody } from '../../winrm/sealed-body.ts';
import { indentHeaders } from './indent-headers.ts';

/** How a message came, and so how its answer goes back. */
export interface MessageForm {
  /** @throws ProtocolError */
  open(body: Buffer): Buffer;
  close(plain: Buffer): { readonly contentType: string; readonly body: Buffer };
}

const soap = 'application/soap+xml;charset=UTF-8';

function sealedForm(context: Sealer): MessageForm {
  return {
    open: (body) => openBody(context, body),
    close: (plain) => {
      const { contentType, body } = sealBody(context, plain);
      return { contentType, body: indentHeaders(body) };
    },
  };
}

const plainForm: MessageForm = {
  open: (body) => body,
  close: (plain) => ({ contentType: soap, body: plain }),
};

/** The form that a message says it has; undefined for one that may not come so: in clear it must be sealed (AllowUnencrypted=false). */
export function formOf(
  contentType: string | undefined,
  context: Sealer | undefined,
  isEncrypted: boolean,
): MessageForm | undefined {
  if (isSealedContentType(contentType)) return context && sealedForm(context);
  return isEncrypted && /^\s*application\/soap\+xml\s*(?:;|$)/i.test(contentType ?? '')
    ? plainForm
    : undefined;
}
