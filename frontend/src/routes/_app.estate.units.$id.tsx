import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { UnitPage } from '@/estate/records/UnitPage';

export const Route = createFileRoute('/_app/estate/units/$id')({
  beforeLoad: needs('estate.read'),
  component: () => <UnitPage {...Route.useParams()} />,
});
