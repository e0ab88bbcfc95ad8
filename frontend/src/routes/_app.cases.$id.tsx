import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { CasePage } from '@/service_desk/cases/CasePage';

export const Route = createFileRoute('/_app/cases/$id')({
  beforeLoad: needs('case.read'),
  component: () => <CasePage {...Route.useParams()} />,
});
