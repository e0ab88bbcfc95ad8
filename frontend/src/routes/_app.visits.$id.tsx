import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { VisitPage } from '@/service_desk/visits/VisitPage';

export const Route = createFileRoute('/_app/visits/$id')({
  beforeLoad: needs('visit.read'),
  component: () => <VisitPage {...Route.useParams()} />,
});
