import type { Response } from 'botbuilder';

/**
 * The response for the adapter to write to. An error goes out as its status alone: the adapter would put the error's text
 * into the body.
 */
export const quietResponse = (response: Response): Response => {
  let failed = false;
  return {
    socket: response.socket,
    header: (name, value) => response.header(name, value),
    status: (code) => {
      failed = code >= 400;
      return response.status(code);
    },
    send: (...body: unknown[]) => (failed ? undefined : response.send(...body)),
    end: (...rest: unknown[]) => response.end(...rest),
  };
};
