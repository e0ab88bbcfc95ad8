import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { RepairPage } from '@/service_desk/repairs/RepairPage';

export const Route = createFileRoute('/_app/repairs/$id')({
  beforeLoad: needs('repair.read'),
  component: () => <RepairPage {...Route.useParams()} />,
});
