import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PlacePage } from '@/estate/records/SimplePages';
import { DeskOf } from '@/service_desk/DeskOf';

// The route joins the contexts: a place knows nothing of the repairs at it.
function Page() {
  const { id } = Route.useParams();
  return (
    <PlacePage id={id}>
      <DeskOf place={id} />
    </PlacePage>
  );
}

export const Route = createFileRoute('/_app/estate/places/$id')({
  beforeLoad: needs('estate.read'),
  component: Page,
});
