// Figures of processes, from /proc.
import { readdirSync, readFileSync } from 'node:fs'
import { sum } from './statistics.js'

const readProc = (pid, file) => readFileSync(`/proc/${pid}/${file}`, 'utf8')

/** The ids of a process and its descendants. */
export function treeOf(pid) {
  const children = readProc(pid, `task/${pid}/children`).split(' ').filter(Boolean)
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))]
}

/** CPU time of all threads of a process and its descendants, in seconds. */
export const cpuSecondsOf = (pid) =>
  sum(
    treeOf(pid).flatMap((process) =>
      readdirSync(`/proc/${process}/task`).map(
        (thread) => Number(readProc(process, `task/${thread}/schedstat`).split(' ')[0]) / 1e9,
      ),
    ),
  )

/** Resident memory of a process and its descendants, in bytes. */
export const residentBytesOf = (pid) =>
  sum(
    treeOf(pid).map(
      (process) => 1024 * Number(/VmRSS:\s+(\d+)/.exec(readProc(process, 'status'))?.[1] ?? 0),
    ),
  )
