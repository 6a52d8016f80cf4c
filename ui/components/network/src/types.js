/**
 * Shapes shared by the modules. No code.
 *
 * @typedef {object} ComponentArguments
 * @property {ParentNode & Node} parentElement the shadow root
 * @property {Payload} data
 * @property {(name: string, value: unknown) => void} setTriggerValue
 *
 * @typedef {object} Payload what Python sends (see `_payload` in __init__.py)
 * @property {string} key
 * @property {number} height
 * @property {boolean | null} dark null: follow the theme
 * @property {Record<string, string>} texts
 * @property {string} revision of the graph; equal revision, equal graph
 * @property {GraphColumns} graph
 * @property {{version: number, selected: string[], year: number | null}} imposed
 * @property {string | null} focus
 *
 * @typedef {object} GraphColumns columns, so that a name is sent once
 * @property {string[]} id
 * @property {string[]} label
 * @property {number[]} kind index in KINDS
 * @property {number[]} size
 * @property {(number | null)[] | null} x
 * @property {(number | null)[] | null} y
 * @property {{id: string[], source: number[], target: number[], weight: number[],
 *   first: (number | null)[], last: (number | null)[], label: string[]}} tie
 *
 * @typedef {object} Member one organisation, person or collaboration
 * @property {number} index
 * @property {string} id
 * @property {string} label never empty
 * @property {string} kind
 * @property {number} size the measure
 * @property {number} radius in pixels at the fitted camera
 * @property {number[]} lines indexes of the lines that end here, self ties left out
 *
 * @typedef {object} Tie
 * @property {string} id
 * @property {number} weight
 * @property {number | null} first
 * @property {number | null} last
 * @property {string} label
 *
 * @typedef {object} Line all ties between the same two, drawn once
 * @property {number} index
 * @property {number} source
 * @property {number} target
 * @property {Tie[]} ties sorted by first year
 *
 * @typedef {object} Network
 * @property {Member[]} members
 * @property {Line[]} lines without self ties
 * @property {number} tieCount as received, self ties included
 * @property {number | null} firstYear
 * @property {number | null} lastYear
 * @property {Map<string, number>} indexOf
 *
 * @typedef {{x: number, y: number}} Point
 */
export {};
