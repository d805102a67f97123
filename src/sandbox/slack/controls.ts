/**
 * What the page's panel of the server and its alerts switches: declared here by its only user, provided
 * by whoever puts the sandbox together.
 */

type Magnitude = "mild" | "severe";

/** A circumstance of the simulated server that can be switched on. */
export interface ControlFault {
  readonly id: string;
  readonly title: string;
  /** What happens and where it shows; one or two sentences. */
  readonly about: string;
  /** Faults are wrong, controls only seem so, evidence spoils what the server reports. */
  readonly kind: "fault" | "control" | "evidence";
  readonly on: boolean;
  readonly magnitude?: number;
  readonly magnitudes: {
    readonly mild: number;
    readonly severe: number;
    /** What the numbers mean, with the unit. */
    readonly meaning: string;
  };
  /** The alert that follows it, how soon, and how long the real rule waits: "2m", or "" for not at all. */
  readonly alert?: {
    readonly name: string;
    readonly afterSeconds: number;
    readonly waits: string;
    /** How long the fault has lasted already when it is switched on. */
    readonly lastedMinutes: number;
  };
}

export interface FaultChange {
  readonly on: boolean;
  /** The fault is to have begun so long ago; without it it begins now. */
  readonly lastedMinutes?: number;
  readonly magnitude?: number | Magnitude;
}

/** An alert that can be sent to the bot as Alertmanager sends it. */
export interface ControlAlert {
  readonly name: string;
  readonly summary: string;
  readonly severity: string;
  readonly status: "firing" | "resolved" | "inactive";
  /** How long its rule waits before it fires; "" for not at all. */
  readonly waits: string;
}

export interface AlertChange {
  readonly status: "firing" | "resolved";
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SandboxControls {
  /** A person who opens the page for the first time is shown around. */
  readonly hasTour?: boolean;
  /** The address of the server, when it is a real one: nothing of it can be switched. */
  readonly realServer?: string;
  faults(): readonly ControlFault[];
  /** Throws, with a sentence for the person, on an unknown id. */
  setFault(id: string, change: FaultChange): void | Promise<void>;
  alerts(): readonly ControlAlert[];
  /** Throws, with a sentence for the person, when the alert is unknown or the bot refuses it. */
  fireAlert(name: string, change: AlertChange): void | Promise<void>;
}
