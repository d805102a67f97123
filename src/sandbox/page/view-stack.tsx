/** The modals that the bot opened for this person: the top one is shown. */

import { useEffect, useRef, useState } from "react";
import { isJson } from "../slack/json.ts";
import type { Json, Submitted } from "../slack/page-protocol.ts";
import { Blocks } from "./blocks.tsx";
import { Icon } from "./icons.tsx";
import { usePage } from "./page-context.tsx";
import { list, plainText, str } from "./shown-message.ts";
import { SurfaceProvider, useNewSurface } from "./surface.tsx";

/** The top modal of the stack; nothing without one. */
export function ViewStack({ views }: { readonly views: readonly Json[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { api } = usePage();
  const top = views.at(-1);
  const isOpen = top !== undefined;
  useEffect(() => {
    if (!isOpen) return undefined;
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isOpen]);
  if (top === undefined) return null;
  const close = () => void api.close(str(top["id"]));
  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-label={plainText(top["title"])}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) close();
      }}
    >
      {views.map((view) => (
        <div key={str(view["id"])} hidden={view !== top} className="modal-view">
          <ModalView view={view} onClose={close} isPushed={views.length > 1} />
        </div>
      ))}
    </dialog>
  );
}

interface ModalViewProps {
  readonly view: Json;
  readonly isPushed: boolean;
  readonly onClose: () => void;
}

/** Keyed by the view's id, so that what one typed outlives an update of the view. */
function ModalView({ view, isPushed, onClose }: ModalViewProps) {
  const { api } = usePage();
  const id = str(view["id"]);
  const surface = useNewSurface({ viewId: id });
  const [isSending, setSending] = useState(false);
  const submit = async () => {
    setSending(true);
    surface.setFailure("");
    try {
      showOutcome(await api.submit(id, surface.values), surface);
    } catch (error) {
      surface.setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setSending(false);
    }
  };
  const hasSubmit = isJson(view["submit"]);
  return (
    <form
      className="modal-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (hasSubmit) void submit();
      }}
    >
      <header className="modal-head">
        <h2>{plainText(view["title"])}</h2>
        <button type="button" className="tool" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="modal-body">
        <SurfaceProvider surface={surface}>
          <Blocks blocks={list(view["blocks"])} />
        </SurfaceProvider>
      </div>
      <footer className="modal-foot">
        <p className="failure" role="alert">
          {surface.failure}
        </p>
        <button type="button" className="button" onClick={onClose}>
          {plainText(view["close"]) || (isPushed ? "Back" : hasSubmit ? "Cancel" : "Close")}
        </button>
        {hasSubmit && (
          <button type="submit" className="button" data-style="primary" disabled={isSending}>
            {plainText(view["submit"])}
          </button>
        )}
      </footer>
    </form>
  );
}

interface Shows {
  setErrors(errors: Readonly<Record<string, string>>): void;
  setFailure(failure: string): void;
}

/** A good submission closes or changes the view; that comes over the stream. */
function showOutcome(outcome: Submitted, surface: Shows): void {
  switch (outcome.kind) {
    case "errors":
      surface.setErrors(
        Object.fromEntries(Object.entries(outcome.errors).map(([id, words]) => [id, str(words)])),
      );
      return;
    case "failed":
      surface.setFailure(`We had some trouble connecting: ${outcome.reason}. Try again?`);
      return;
    case "closed":
    case "updated":
    case "pushed":
    case "cleared":
      return;
  }
}
