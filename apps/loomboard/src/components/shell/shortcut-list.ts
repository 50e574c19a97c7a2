export interface Shortcut {
  combo: string
  does: string
}

/** Everything the keyboard does, for the sheet that `?` opens. */
export const shortcutSections: { title: string; shortcuts: Shortcut[] }[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { combo: 'Mod+K', does: 'Find a chat, a document or a command' },
      { combo: 'Alt+N', does: 'New chat' },
      { combo: 'Alt+D', does: 'Documents' },
      { combo: 'Alt+Q', does: 'Go to an open question' },
      { combo: '?', does: 'This list' },
    ],
  },
  {
    title: 'Message',
    shortcuts: [
      { combo: 'Enter', does: 'Send' },
      { combo: 'Shift+Enter', does: 'New line' },
      { combo: 'ArrowUp', does: 'Bring the last message back, when the field is empty' },
      { combo: '/', does: 'Go to the message field' },
      { combo: '@', does: 'Mention an agent, a skill, a document or a chunk' },
      { combo: 'Escape', does: 'Stop the turn in progress' },
    ],
  },
  {
    title: 'Conversation',
    shortcuts: [
      { combo: 'Alt+ArrowUp', does: 'To the message before' },
      { combo: 'Alt+ArrowDown', does: 'To the message after' },
      { combo: 'Mod+F', does: 'Find in this conversation' },
      { combo: 'Enter', does: 'Next match' },
      { combo: 'Shift+Enter', does: 'Match before' },
    ],
  },
  {
    title: 'Documents',
    shortcuts: [
      { combo: 'ArrowDown', does: 'To the next line of the tree' },
      { combo: 'ArrowRight', does: 'Open what is folded, then go into it' },
      { combo: 'ArrowLeft', does: 'Fold, then go out of it' },
      { combo: 'Enter', does: 'Open the line' },
      { combo: 'A…Z', does: 'To the next line that begins so' },
      { combo: '/', does: 'Search in this document' },
      { combo: 'Alt+A', does: 'Open the assistant beside it, go to it, or close it' },
      { combo: 'Escape', does: 'Close the open chunk, or the assistant' },
    ],
  },
  {
    title: 'Board',
    shortcuts: [
      { combo: 'ArrowRight', does: 'To the next column; other arrows to other cards' },
      { combo: 'Enter', does: 'Open the card' },
      { combo: 'Space', does: 'Lift the card; arrows and Space put it down' },
      { combo: ']', does: 'Move it to the next column' },
      { combo: '[', does: 'Move it to the column before' },
      { combo: 'S', does: 'Move it to…' },
      { combo: 'C', does: 'New card in this column' },
      { combo: 'E', does: 'Edit its title' },
      { combo: 'L', does: 'Edit its tags' },
      { combo: 'M', does: 'Comment on it, or ask an agent' },
      { combo: 'X', does: 'Select it; Shift with arrows selects more' },
      { combo: '.', does: 'Everything that can be done to it' },
      { combo: 'G B', does: 'To the board; G and O, T, C, G or P to the other views' },
    ],
  },
  {
    title: 'Table and calendar',
    shortcuts: [
      { combo: 'Enter', does: 'Write in the cell; again, and go down' },
      { combo: 'Tab', does: 'To the next cell' },
      { combo: 'Escape', does: 'Leave the cell as it was; select nothing' },
      { combo: 'Delete', does: 'Empty the cell' },
      { combo: 'X', does: 'Select the row; Shift with arrows selects more' },
      { combo: 'Mod+A', does: 'Select all rows that are shown' },
      { combo: 'Alt+ArrowLeft', does: 'In a table, make the column narrower; the other way, wider' },
      { combo: 'Alt+ArrowRight', does: 'In a calendar, take what one is on to the next day; other arrows likewise' },
      { combo: 'M', does: 'Another day for what one is on' },
    ],
  },
  {
    title: 'Writing documents',
    shortcuts: [
      { combo: 'Insert', does: 'Add a chunk below the line' },
      { combo: 'E', does: 'Edit the text of the open chunk' },
      { combo: 'Alt+ArrowUp', does: 'Move the line up' },
      { combo: 'Alt+ArrowDown', does: 'Move the line down' },
      { combo: 'Alt+ArrowRight', does: 'Move it into the line above' },
      { combo: 'Alt+ArrowLeft', does: 'Move it out of the one it is in' },
      { combo: 'Delete', does: 'Delete the line, with what is under it' },
      { combo: 'Mod+Z', does: 'Undo your last change' },
    ],
  },
  {
    title: 'Writing a text',
    shortcuts: [
      { combo: '/', does: 'Put in a heading, a list, a table, an image…, at the start of a line' },
      { combo: '[', does: 'Twice: link to a chunk' },
      { combo: 'Mod+Enter', does: 'Done; it saves by itself' },
      { combo: 'Escape', does: 'Done, too; Tab then goes on to what is next' },
      { combo: 'Mod+Z', does: 'Undo what was typed' },
      { combo: 'T', does: 'Where two versions differ: take theirs' },
      { combo: 'M', does: 'Where two versions differ: keep mine' },
      { combo: 'B', does: 'Where two versions differ: both' },
    ],
  },
]
