import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { HousePage } from '@/estate/records/HousePage';
import { DeskOf } from '@/service_desk/DeskOf';

// The route joins the contexts: a house knows nothing of the repairs and cases about it.
function Page() {
  const { id } = Route.useParams();
  return (
    <HousePage id={id}>
      <DeskOf house={id} />
    </HousePage>
  );
}

export const Route = createFileRoute('/_app/estate/houses/$id')({
  beforeLoad: needs('party.read'),
  component: Page,
});
