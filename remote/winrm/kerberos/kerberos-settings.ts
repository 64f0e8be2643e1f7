/** The first part of a service's name: HTTP/wsus01.example.org. */
export const serviceClasses = ['HTTP', 'WSMAN', 'HOST'] as const;
export type ServiceClass = (typeof serviceClasses)[number];

/** Who the bot is in its domain: the keytab stands for the password. */
export interface KeytabAccount {
  /** Absolute path. */
  readonly keytab: string;
  /** svc-wsus-bot@EXAMPLE.ORG */
  readonly principal: string;
}

/** How to sign in to a server with Kerberos. */
export interface KerberosSettings extends KeytabAccount {
  readonly service: ServiceClass;
  /** NTLM may be used where no ticket is to be had. Never where the server refused one. */
  readonly mayFallBackToNtlm: boolean;
}
