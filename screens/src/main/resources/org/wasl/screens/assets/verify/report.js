// What was checked, one by one: that it holds, that it does not, or that it could not be told here.
import { Refusal, Unsupported } from './octets.js';

export const HOLDS = 'holds';
export const FAILS = 'fails';
export const UNKNOWN = 'unknown';

/** Checks in the order in which they were made: { id, file, outcome, reason, values }. */
export class Report {
  constructor() {
    this.checks = [];
  }

  add(id, file, outcome, reason = null, ...values) {
    this.checks.push({ id, file, outcome, reason, values: values.map(String) });
  }

  holds(id, file, reason = null, ...values) {
    this.add(id, file, HOLDS, reason, ...values);
  }

  fails(id, file, reason, ...values) {
    this.add(id, file, FAILS, reason, ...values);
  }

  unknown(id, file, reason, ...values) {
    this.add(id, file, UNKNOWN, reason, ...values);
  }

  /** Makes one check; gives what it found, null when it does not hold or could not be made. */
  async check(id, file, work) {
    try {
      const found = await work();
      this.holds(id, file);
      return found ?? true;
    } catch (failure) {
      this.failed(id, file, failure);
      return null;
    }
  }

  /** What a check was stopped by. An error of these modules' own is a refusal too: nothing passes by accident. */
  failed(id, file, failure) {
    if (failure instanceof Unsupported) {
      this.unknown(id, file, failure.code, ...failure.values);
    } else if (failure instanceof Refusal) {
      this.fails(id, file, failure.code, ...failure.values);
    } else {
      this.fails(id, file, 'unreadable');
    }
  }

  get failures() {
    return this.checks.filter((check) => check.outcome === FAILS);
  }

  get open() {
    return this.checks.filter((check) => check.outcome === UNKNOWN);
  }

  /** 'refused' when anything fails; 'genuine' when the trust that everything rests on was confirmed; else 'consistent'. */
  get verdict() {
    if (this.failures.length > 0 || this.checks.length === 0) {
      return 'refused';
    }
    return this.checks.some((check) => check.id === 'anchor' && check.outcome === HOLDS) ? 'genuine' : 'consistent';
  }
}
