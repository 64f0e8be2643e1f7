import type { ProgressStep } from '../contract.ts';

/** A message of the conversation, as the WinRM front meets it. `handshake` is each of the two NTLM round trips. */
export type MessageKind = 'handshake' | 'Create' | 'Command' | 'Send' | 'Receive' | 'Signal' | 'Delete';

/**
 * What the front does instead of answering properly. "Executed" means: a Command's pipeline ran to its end, a
 * Receive's output was taken and is gone; then the answer is spoilt. Otherwise the message has no effect.
 */
export type Misdeed =
  | { readonly kind: 'drop-before-executing' }
  | { readonly kind: 'drop-after-executing' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Says nothing and keeps the socket open, until the server closes. Executed unless said otherwise. */
  | { readonly kind: 'no-answer'; readonly executed?: boolean }
  /** 401 with an offer of Negotiate; the sealing context of the socket is forgotten. Not executed unless said. */
  | { readonly kind: 'unauthorized'; readonly executed?: boolean }
  /** Any HTTP status with an unsealed body; 500 without a body is what Windows says to an unsealed message. */
  | {
      readonly kind: 'http-status';
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      readonly executed?: boolean;
    }
  | { readonly kind: 'fault'; readonly code: number; readonly text?: string; readonly executed?: boolean }
  | { readonly kind: 'truncated-sealed-body' }
  | { readonly kind: 'corrupted-sealed-body' }
  /** The sealed part announces another length than the message has. */
  | { readonly kind: 'wrong-length' }
  /** What a Receive brings comes with its fragments in the wrong order. */
  | { readonly kind: 'reordered-fragments' }
  /** The answer says that it belongs to another request. */
  | { readonly kind: 'wrong-relates-to' }
  /** A body larger than any that a client can have asked for. */
  | { readonly kind: 'huge-body' }
  /** The proper answer, a byte at a time with this rest between. */
  | { readonly kind: 'slow-drip'; readonly milliseconds: number };

/** A misdeed on the wire, for the messages that match. */
export interface WireMisbehaviour {
  readonly on: MessageKind;
  /** Only for messages of a pipeline that calls this function. */
  readonly functionName?: string;
  /** Only the nth matching message, counted from 1 since `misbehave`. Every one when absent. */
  readonly nth?: number;
  readonly misdeed: Misdeed;
}

/** Something wrong with the server itself rather than with the wire. */
export type HostFault =
  /** Web.config cannot be read, cannot be replaced, or its folder for backups cannot be written. */
  | { readonly host: 'file-read-denied' }
  | { readonly host: 'file-write-denied' }
  | { readonly host: 'backup-write-denied' }
  /** Another program holds Web.config open for as long as this is set: it can be read, and not replaced. */
  | { readonly host: 'file-locked' }
  /** The disk is full once the backup is written. */
  | { readonly host: 'disk-full' }
  /** Web.config is replaced, and its owner cannot be set to who he was. */
  | { readonly host: 'owner-not-put-back' }
  /** The pool is stopped by a restart and does not start again. */
  | { readonly host: 'pool-does-not-start' }
  /** After a restart the new worker answers 503, as long as Web.config differs from what it was when this was set. */
  | { readonly host: 'service-503-after-restart' }
  /** The same, whatever the file says. */
  | { readonly host: 'service-503-always' }
  /** The application answers HTML with status 500 after a restart, as for a broken Web.config; while the file differs. */
  | { readonly host: 'service-500-after-restart' }
  /** The restart is reported, but the old process goes on. */
  | { readonly host: 'restart-without-effect' }
  /** The restart begins and does not end until the faults are set anew; the worker stays away. */
  | { readonly host: 'restart-never-ends' }
  /** The function stops with an error record when it reaches this step. */
  | {
      readonly host: 'error-at-step';
      readonly step: ProgressStep;
      readonly text: string;
      readonly functionName?: string;
    }
  /** The function rests this long when it reaches this step, after its progress record. */
  | {
      readonly host: 'slow-step';
      readonly step: ProgressStep;
      readonly milliseconds: number;
      readonly functionName?: string;
    };

export type Misbehaviour = WireMisbehaviour | HostFault;
