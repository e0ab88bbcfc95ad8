import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DisputePage } from '@/service_desk/disputes/DisputePage';

export const Route = createFileRoute('/_app/disputes/$id')({
  beforeLoad: needs('dispute.read'),
  component: () => <DisputePage {...Route.useParams()} />,
});
