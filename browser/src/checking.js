// The text goes to the server as it is typed, and what comes back is shown: the findings, and the page.

const PATIENCE = 250; // milliseconds that a run may take before a newer text is sent all the same
const LARGE = 100_000; // characters above which the text is sent when the author pauses
const PAUSE = 300;

export class Checking {
  /** @param told {asked(), judged(data), drawn(data), failed(said), busy(yes)}; `asked` gives what is to be sent, or null */
  constructor(told) {
    this.told = told;
    this.line = null;
    this.number = 0; // of the newest text that was sent
    this.answered = 0; // of the newest text of which all came
    this.sentAt = 0;
    this.waiting = null;
  }

  get running() {
    return this.answered < this.number;
  }

  /** Sends the text, unless a run is under way that will soon be over; then when it is. */
  check() {
    clearTimeout(this.waiting);
    this.waiting = null;
    const asked = this.told.asked();
    if (!asked) return;
    const left = this.sentAt + PATIENCE - performance.now();
    if (this.running && left > 0) this.later(left);
    else if (asked.length > LARGE) this.later(PAUSE, () => this.send());
    else this.send();
  }

  later(time, then = () => this.check()) {
    this.waiting = setTimeout(then, time);
  }

  send() {
    this.waiting = null;
    const asked = this.told.asked();
    if (!asked || !this.line.send({ number: this.number + 1, ...asked.data() })) return;
    this.number++;
    this.sentAt = performance.now();
    this.told.busy(true);
  }

  /** What was sent is of no interest any more: another plan is open, or the server has gone. */
  forget() {
    this.answered = this.number;
    this.told.busy(false);
  }

  /** What there is to say of a text: what was found, then how it is drawn, which is the last; or why there is nothing. */
  take({ number, status, said, judged, drawn }) {
    if (number <= this.answered) return;
    if (judged) return this.told.judged(judged);
    this.answered = number;
    const again = this.waiting !== null;
    if (drawn) this.told.drawn(drawn);
    else if (status !== 409) this.told.failed(status === 504 ? "This text takes too long to check." : said);
    else if (!this.running && !again) this.later(PAUSE);
    if (this.running) return;
    this.told.busy(false);
    if (again) this.check();
  }
}
