/** The app's Home tab, as the bot published it for this person. */

import type { Json } from "../slack/page-protocol.ts";
import { Blocks } from "./blocks.tsx";
import { list, str } from "./shown-message.ts";
import { SurfaceProvider, useNewSurface } from "./surface.tsx";

/** The view's blocks, or a line that nothing was published yet. */
export function HomeTab({ view }: { readonly view: Json | null }) {
  return (
    <div className="home-tab" role="tabpanel" aria-label="Home">
      {view === null ? (
        <p className="quiet">The app has not published its Home tab yet.</p>
      ) : (
        <HomeView view={view} />
      )}
    </div>
  );
}

function HomeView({ view }: { readonly view: Json }) {
  const surface = useNewSurface({ viewId: str(view["id"]) });
  return (
    <SurfaceProvider surface={surface}>
      <Blocks blocks={list(view["blocks"])} />
      {surface.failure !== "" && (
        <p className="failure" role="alert">
          {surface.failure}
        </p>
      )}
    </SurfaceProvider>
  );
}
