import { Command } from 'commander';

/** A subcommand: adds itself to the program, and tells `run` what to do when it is the one that was chosen. */
export type Register = (program: Command, run: (command: () => Promise<number>) => void) => void;
