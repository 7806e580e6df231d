/**
 * The contract of this folder. Each file defines one subcommand: its options, its help, and the steps that it takes. It imports
 * the modules of these steps when it runs, so that `--help` and other commands stay fast.
 */
import { Command } from 'commander';

/** Adds a subcommand to the program. If the user chooses it, it passes its work to `run`. */
export type Register = (program: Command, run: (command: () => Promise<number>) => void) => void;
