/** The question before an action, where the bot asked for one. */

import { type ReactNode, useEffect, useRef, useState } from "react";
import { isJson } from "../slack/json.ts";
import type { Json } from "../slack/page-protocol.ts";
import { plainText, str } from "./shown-message.ts";

/** Runs at once what needs no confirmation; `dialog` is to be rendered beside the element. */
export function useConfirm(element: Json): {
  readonly confirmed: (run: () => void) => void;
  readonly dialog: ReactNode;
} {
  const [pending, setPending] = useState<() => void>();
  const question = element["confirm"];
  if (!isJson(question)) return { confirmed: (run) => run(), dialog: null };
  const done = (run?: () => void) => {
    setPending(undefined);
    run?.();
  };
  return {
    confirmed: (run) => setPending(() => run),
    dialog:
      pending === undefined ? null : (
        <ConfirmDialog question={question} onNo={() => done()} onYes={() => done(pending)} />
      ),
  };
}

interface ConfirmDialogProps {
  readonly question: Json;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function ConfirmDialog({ question, onYes, onNo }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const title = plainText(question["title"]) || "Are you sure?";
  const isDanger = str(question["style"]) === "danger";
  return (
    <dialog
      ref={dialog}
      className="modal confirm"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onNo();
      }}
    >
      <h2>{title}</h2>
      <p>{plainText(question["text"])}</p>
      <footer className="modal-foot">
        <button type="button" className="button" onClick={onNo}>
          {plainText(question["deny"]) || "Cancel"}
        </button>
        <button
          type="button"
          className="button"
          data-style={isDanger ? "danger" : "primary"}
          onClick={onYes}
        >
          {plainText(question["confirm"]) || "Yes"}
        </button>
      </footer>
    </dialog>
  );
}
